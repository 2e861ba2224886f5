"""Everything that reads what strangers wrote, against inputs that are almost right and inputs that are not."""
