"""Render an open candidate, alone or beside another one."""
