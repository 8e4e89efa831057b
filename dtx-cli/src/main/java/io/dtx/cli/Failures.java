package io.dtx.cli;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.DtxException;
import io.dtx.runtime.coordinator.CoordinatorStoppedException;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a command that fails says, in one line, and the code that it exits with. */
final class Failures implements IExecutionExceptionHandler {

    /** Codes that say that the caller has to write something else; the other ones depend on how things stand. */
    private static final Set<Integer> USAGE =
            Set.of(1011, 1021, 1022, 1023, 5106, 5116, 5119, 5301, 5302, 5303, 5337, 8003, 8004, 5202, 5205, 8026);

    /** Codes of a no that may be a yes later, or elsewhere. */
    private static final Set<Integer> LATER = Set.of(5216, 5223, 5224, 8016, 8017);

    private static final Pattern CODE = Pattern.compile("DTX-(\\d{4}) ");

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        int code = exitCode(failure);
        String text = failure instanceof CoordinatorStoppedException
                ? "DTX-8010 nobody has answered in time: it may have been done or not. Look with dtx tx show, then repeat it."
                : String.valueOf(failure.getMessage());
        command.getErr()
                .println(command.getColorScheme().errorText("dtx: " + (code == ExitCodes.BUG ? failure : text)));
        if (code == ExitCodes.BUG) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return code;
    }

    private static int exitCode(Exception failure) {
        Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
        boolean known = code.lookingAt();
        if (known && USAGE.contains(Integer.parseInt(code.group(1)))) {
            return ExitCodes.USAGE;
        }
        if (known && LATER.contains(Integer.parseInt(code.group(1)))) {
            return ExitCodes.LATER;
        }
        if (failure instanceof UsageException) {
            return ExitCodes.USAGE;
        }
        if (failure instanceof LogDamagedException) {
            return ExitCodes.NO;
        }
        if (failure instanceof CoordinatorUnavailableException
                || failure instanceof CoordinatorStoppedException
                || failure instanceof LogUnavailableException
                || failure instanceof ResourceUnavailableException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException) {
            return ExitCodes.LATER;
        }
        if (failure instanceof DtxException) {
            return ExitCodes.NO;
        }
        return known && failure instanceof IllegalStateException ? ExitCodes.LATER : ExitCodes.BUG;
    }
}
