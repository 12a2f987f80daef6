"""``python -m higm_annot`` is the ``higm-annot`` command."""

from higm_annot.cli import main

raise SystemExit(main())
