"""Is this a trap? Advertisements, retold chats, offers and situations are assessed by readable rules, each naming the phrase it found."""
