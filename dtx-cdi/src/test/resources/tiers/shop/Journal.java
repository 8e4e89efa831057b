package shop;

import jakarta.enterprise.context.Dependent;

@Dependent
public class Journal extends Base<String> {}
