"""Ends with an exception two calls deep."""


def inner():
    return 1 / 0


def outer():
    inner()


outer()
