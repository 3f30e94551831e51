"""Mask name, gender, age, origin, family, contact and, on request, schools before scoring."""
