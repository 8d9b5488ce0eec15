"""Following feeds, sitemaps and folders: what is new in them is read, coded and kept."""
