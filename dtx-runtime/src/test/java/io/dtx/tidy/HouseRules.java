package io.dtx.tidy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The list of the rules. Those that are one pattern long are here, the others beside. */
final class HouseRules {
    /** Where {@code synchronized} is right, and why: path of the file to the reason. */
    private static final Map<String, String> MAY_SYNCHRONIZE = Map.of();

    /** Where {@link Enum#ordinal()} is right, because it never leaves the process: path of the file to the use. */
    private static final Map<String, String> MAY_COUNT_CONSTANTS = Map.of(
            "dtx-runtime/src/main/java/io/dtx/runtime/protocol/Reply.java", "place in an array of ready-made replies");

    private static final Pattern BAD_NAME =
            Pattern.compile("\\b(?:class|interface|record|enum)\\s+\\w*(?<!Entity)(?:Impl|Manager|Helper|Utils?)\\b");
    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bsleep\\s*\\(");
    private static final Pattern SKIPPED = Pattern.compile("@(?:Disabled|Ignore)\\b");
    private static final Pattern EMPTY_CATCH = Pattern.compile("\\bcatch\\s*\\([^)]*\\)\\s*\\{\\s*\\}");
    /** A payload's place in its log entry is called ordinal, too. */
    private static final Pattern ORDINAL =
            Pattern.compile("(?<!(?i:payload|arguments|result|origin)\\.)\\bordinal\\(\\)|::ordinal\\b");

    private static final Pattern SERIALIZATION = Pattern.compile(
            "\\b(?:Serializable|Externalizable|ObjectInputStream|ObjectOutputStream|ObjectInputFilter)\\b");
    private static final Pattern LEFTOVER = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b|@auth" + "or\\b");
    private static final Pattern WHITESPACE = Pattern.compile("\t|[ \t]+(?=\r?\n|$)|\r");

    static final List<HouseRule> ALL = List.of(
            new HouseRule("main files are small", FileSizes::violations),
            new HouseRule("every package says what lives in it", PackageInfos::violations),
            new HouseRule("packages of a module have no import cycles", ImportCycles::violations),
            new HouseRule("a package is in one module", SplitPackages::violations),
            new HouseRule("public types and members have a comment", PublicDocs::violations),
            new HouseRule("links in documents lead somewhere", DocumentLinks::violations),
            new HouseRule("every message code is documented", DocumentedCodes::violations),
            new HouseRule("what threads share is listed, and how it is shown", SharedState::violations),
            new HouseRule("a message code has one meaning", CodeOwners::violations),
            new HouseRule("api and runtime bring no third-party jar", PublishedDependencies::violations),
            new HouseRule(
                    "names say what a type holds",
                    repository -> repository
                            .java()
                            .flatMap(file -> file.matches(BAD_NAME, file.code(), "name it after what it is or holds"))),
            new HouseRule(
                    "the runtime locks with ReentrantLock",
                    repository -> repository
                            .main()
                            .filter(file ->
                                    file.module().equals("dtx-runtime") && !MAY_SYNCHRONIZE.containsKey(file.path()))
                            .flatMap(file ->
                                    file.matches(SYNCHRONIZED, file.code(), "it pins virtual threads: ReentrantLock"))),
            new HouseRule(
                    "tests wait for conditions",
                    repository -> repository
                            .tests()
                            .flatMap(file -> file.matches(SLEEP, file.code(), "await a condition instead of a time"))),
            new HouseRule(
                    "no test is switched off",
                    repository -> repository
                            .tests()
                            .flatMap(file -> file.matches(
                                    SKIPPED,
                                    file.code(),
                                    "repair or delete it; a missing tool is an" + " assumption that says why"))),
            new HouseRule(
                    "no exception is swallowed silently",
                    repository -> repository
                            .java()
                            .flatMap(file -> file.matches(
                                            EMPTY_CATCH, file.text(), "handle it, or say why nothing is to do")
                                    .filter(place -> isCode(file, place)))),
            new HouseRule(
                    "nothing depends on the order of enum constants",
                    repository -> repository
                            .main()
                            .filter(file -> !MAY_COUNT_CONSTANTS.containsKey(file.path()))
                            .flatMap(file ->
                                    file.matches(ORDINAL, file.code(), "give the constants tags of their own"))),
            new HouseRule(
                    "Java serialization is not used",
                    repository -> repository
                            .main()
                            .flatMap(file -> file.matches(SERIALIZATION, file.code(), "write a codec"))),
            new HouseRule(
                    "nothing is left for later",
                    repository -> texts(repository)
                            .flatMap(file -> file.matches(LEFTOVER, file.text(), "do it now, or drop it"))),
            new HouseRule(
                    "no tab, no trailing blank",
                    repository -> texts(repository)
                            .flatMap(file ->
                                    file.matches(WHITESPACE, file.text(), "tab, trailing blank or carriage return"))));

    private HouseRules() {}

    private static Stream<SourceFile> texts(Repository repository) {
        return repository.files().stream().filter(file -> !file.isFixture());
    }

    /** Whether the place is not inside a comment or a literal: the word {@code catch} is still there. */
    private static boolean isCode(SourceFile file, String place) {
        int line = Integer.parseInt(place.split(":")[1]);
        return file.code().lines().skip(line - 1L).findFirst().orElse("").contains("catch");
    }
}
