"""Tests of Lathe; they mirror the packages and go through their public doors."""
