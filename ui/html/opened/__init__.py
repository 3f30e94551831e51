"""Views of an open candidate, alone or beside another one."""
