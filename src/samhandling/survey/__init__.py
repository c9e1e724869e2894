"""Survey estimates: weighted proportions, design effects, what a survey can and cannot see."""
