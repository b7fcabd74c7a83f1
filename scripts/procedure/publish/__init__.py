"""From checked pages to a site that is put in place whole: MkDocs, PDFs, redirects, the swap."""
