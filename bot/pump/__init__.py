"""From the outbox to Telegram: by priority, fairly between chats, within the limits, never two at once to a chat."""
