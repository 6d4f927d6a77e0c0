"""The two ways an update reaches the bot: getUpdates and the webhook."""
