"""Tests of images on their way in."""
