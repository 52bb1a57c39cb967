"""How fast the bot is, beside a stock python-telegram-bot that only echoes."""
