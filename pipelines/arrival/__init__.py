"""How files reach the office: inbox, mailbox, archives, intake, placement, quarantine."""
