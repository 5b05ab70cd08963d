"""Invented people for trying the program, in every state, loaded through the services that the pages use."""
