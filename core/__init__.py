"""What every package needs and none owns: settings, the clock, the database, Chinese text."""
