// The list of pages: only the words and the switches.
"use strict";

sayWords();
