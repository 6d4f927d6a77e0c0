"""Text with entities: Telegram's HTML, MarkdownV2 and Markdown, given entities, and what Telegram finds by itself."""
