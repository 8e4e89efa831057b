package io.dtx.runtime.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.Version;

/** A thing on the shelf; its ids come from a table, so that Hibernate needs a second connection now and then. */
@Entity
public class Item {

    @Id
    @TableGenerator(name = "ids", allocationSize = 1)
    @GeneratedValue(strategy = GenerationType.TABLE, generator = "ids")
    private Long id;

    @Version
    private int version;

    @Column(unique = true)
    private String sku;

    private int available;

    protected Item() {}

    Item(String sku, int available) {
        this.sku = sku;
        this.available = available;
    }

    Long id() {
        return id;
    }

    int available() {
        return available;
    }

    void take(int quantity) {
        available -= quantity;
    }
}
