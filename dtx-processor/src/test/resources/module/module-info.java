module shop {
    requires io.dtx;

    provides io.dtx.spi.Participant with shop.Shop_DtxParticipant;
}
