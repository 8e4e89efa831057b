module shop {
    requires io.dtx;
}
