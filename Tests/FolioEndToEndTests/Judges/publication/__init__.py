"""What the judges of publication share. Nothing here is Folio's code: it is judged from outside, as a program."""
