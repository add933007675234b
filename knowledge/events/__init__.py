"""Job fairs and talks: imported from tables and calendars, asked for by date, place and audience, handed out as calendars."""
