package app;

import inherited.base.Ledger;

public class Journal extends Ledger {}
