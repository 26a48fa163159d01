"""The preview: a web server for one curator that rebuilds what a change touches.

``files`` answers from the site in memory, ``live`` tells an open page what changed, ``server``
speaks HTTP, ``watch`` sees what is saved, and ``preview`` is the loop of build and publication.
The standard library's server is enough: one visitor, no cookies, no uploads, no ranges.
"""
