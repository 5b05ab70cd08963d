"""Commands about people."""

commands = ()
