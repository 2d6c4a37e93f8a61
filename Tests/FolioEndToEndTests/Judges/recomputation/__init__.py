"""What a billing store comes to, computed again by rules and not by Folio's code. Standard library only."""
