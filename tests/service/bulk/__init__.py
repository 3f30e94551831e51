"""Test bulk runs."""
