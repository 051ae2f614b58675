// Imported before anything else: what GraphQL checks of itself in development is nobody's cost.
process.env.NODE_ENV = 'production';
