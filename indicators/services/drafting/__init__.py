"""From a campaign document to definitions: the lines of the draft, and what accepting each of them makes."""
