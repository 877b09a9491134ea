"""Pictures: drawn as SVG, made into PNG without a browser."""
