"""Has the name of a module of the standard library, and is not it."""

NAME = "mine"
