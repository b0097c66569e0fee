"""Services, scope, growth, envelope, capitation."""
