"""What the judges of delivery share: senders, and what must have become of what they sent. No code of Folio's."""
