"""Live rounds: opened in a private panel, played on one card in every place of the community."""
