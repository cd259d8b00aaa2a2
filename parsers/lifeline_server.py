"""What the server of children imports before all else, so that it ends with its parent while it still imports.

Belongs here: nothing but the call; being imported is the only way to be called there. Stays out: everything else.
"""

from parsers.lifeline import end_with_parent

end_with_parent()
