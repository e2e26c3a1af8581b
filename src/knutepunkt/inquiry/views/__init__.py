"""Pages of an inquiry: find the thing for this actor, ask the rule, clean the input, call one action."""
