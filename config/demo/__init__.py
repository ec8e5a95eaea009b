"""The demo: dated acts out of fixtures/demo, replayed through the services up to an assumed day."""
