package io.dtx.cli;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.sql.DataSource;

/** Drivers of databases, out of jars that the caller names: the command brings none. */
final class Drivers {

    private final List<Driver> drivers;

    private Drivers(List<Driver> drivers) {
        this.drivers = drivers;
    }

    /** Finds those in the jars, and on the class path. */
    static Drivers of(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path each : jars) {
            if (!Files.isRegularFile(each)) {
                throw new UsageException("DTX-8029 --driver: there is no file " + each);
            }
            urls.add(url(each));
        }
        // Its classes are in use until the command ends.
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), Drivers.class.getClassLoader());
        return new Drivers(ServiceLoader.load(Driver.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** Returns the database at an address; it is not connected to yet. */
    DataSource database(String resource, String url) {
        for (Driver each : drivers) {
            if (accepts(each, url)) {
                return new DriverDataSource(each, url);
            }
        }
        // What follows in the address may be a password.
        String kind = url.replaceFirst("^(jdbc:\\w+:).*", "$1…");
        throw new UsageException("DTX-8029 --resource " + resource + "=" + kind
                + ": no driver for it; name the driver's jar by --driver, such as --driver postgresql-42.7.7.jar");
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false; // it is none of its addresses
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UsageException("DTX-8029 --driver: " + e.getMessage());
        }
    }
}
