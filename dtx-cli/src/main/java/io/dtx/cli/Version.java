package io.dtx.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"dtx " + (version == null ? "(not from a jar)" : version) + ", Java " + Runtime.version()};
    }
}
