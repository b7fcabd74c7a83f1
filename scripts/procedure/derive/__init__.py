"""What follows from the model: addresses, guide, routes, sheets."""
