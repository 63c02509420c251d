package io.paodin.monitoring.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Finds settings with which the operator, or what it deploys, could not run, before anything is done with them. */
public final class SettingsCheck {

    private static final Pattern IMAGE =
            Pattern.compile("(([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(:[0-9]{1,5})?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*"
                    + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[a-z0-9]+:[0-9a-f]{32,128})?");

    private static final int LONGEST_IMAGE = 512;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private SettingsCheck() {}

    /** @throws UnusableSettingException for the first setting that is wrong, in one line */
    public static void check(OperatorConfig config) {
        image("PAODIN_IMAGES_THANOS", config.images().thanos(), OperatorConfig.Images.DEFAULT_THANOS);
        image("PAODIN_IMAGES_ENVOY", config.images().envoy(), OperatorConfig.Images.DEFAULT_ENVOY);
        config.podUser().ifPresent(SettingsCheck::podUser);
        // Thanos does not start with an interval of 0.
        atLeast(SECOND, "PAODIN_ENDPOINT_RELOAD_INTERVAL", config.endpointReloadInterval());
        atLeast(SECOND, "PAODIN_HASHRING_RELOAD_INTERVAL", config.hashringReloadInterval());
        atLeast(SECOND, "PAODIN_ROUTER_CONFIRMATION_TIMEOUT", config.routerConfirmationTimeout());
        if (config.ingestorRolloutRings() < 1) {
            throw new UnusableSettingException(
                    "PAODIN_INGESTOR_ROLLOUT_RINGS must be 1 or more, is %d: set it to 3, or unset it"
                            .formatted(config.ingestorRolloutRings()));
        }
        atLeast(SECOND, "PAODIN_RESYNC_INTERVAL", config.resyncInterval());
        atLeast(MILLISECOND, "PAODIN_PROBLEM_RECHECK_INTERVAL", config.problemRecheckInterval());
        atLeast(SECOND, "PAODIN_COMPACTOR_CHECK_INTERVAL", config.compactorCheckInterval());
        atLeast(SECOND, "PAODIN_STORE_CHECK_INTERVAL", config.storeCheckInterval());
        atLeast(SECOND, "PAODIN_SECRET_REFRESH_INTERVAL", config.secretRefreshInterval());
        atLeast(Duration.ZERO, "PAODIN_SHUTDOWN_TIMEOUT", config.shutdownTimeout());
        atLeast(MILLISECOND, "PAODIN_UNHEALTHY_TOLERANCE", config.unhealthyTolerance());
        oneOf(List.of("text", "json"), "PAODIN_LOG_FORMAT", config.log().format());
        oneOf(
                List.of("error", "warn", "info", "debug"),
                "PAODIN_LOG_LEVEL",
                config.log().level());
        var election = config.leaderElection();
        atLeast(MILLISECOND, "PAODIN_LEADER_ELECTION_RETRY_PERIOD", election.retryPeriod());
        longer(
                "PAODIN_LEADER_ELECTION_RENEW_DEADLINE",
                election.renewDeadline(),
                "PAODIN_LEADER_ELECTION_RETRY_PERIOD",
                election.retryPeriod());
        longer(
                "PAODIN_LEADER_ELECTION_LEASE_DURATION",
                election.leaseDuration(),
                "PAODIN_LEADER_ELECTION_RENEW_DEADLINE",
                election.renewDeadline());
    }

    private static void image(String variable, String image, String example) {
        if (image.length() > LONGEST_IMAGE || !IMAGE.matcher(image).matches()) {
            throw new UnusableSettingException("%s is no reference to an image: set it to one such as %s, or unset it"
                    .formatted(variable, example));
        }
    }

    private static void podUser(long user) {
        if (user < 1 || user > Integer.MAX_VALUE) {
            throw new UnusableSettingException(
                    "PAODIN_POD_USER must be from 1 to %d, is %d: set it to the id of a user that is not root, or to nothing where the platform decides"
                            .formatted(Integer.MAX_VALUE, user));
        }
    }

    private static void oneOf(List<String> values, String variable, String given) {
        if (!values.contains(given)) {
            throw new UnusableSettingException("%s must be one of %s, is %s: set it to one of them, or unset it"
                    .formatted(variable, String.join(", ", values), given));
        }
    }

    private static void atLeast(Duration least, String variable, Duration given) {
        if (given.compareTo(least) < 0) {
            throw new UnusableSettingException(
                    "%s must be %s or more, is %s: set it to a duration such as 15s, or unset it"
                            .formatted(variable, text(least), text(given)));
        }
    }

    private static void longer(String variable, Duration given, String thanVariable, Duration than) {
        if (given.compareTo(than) <= 0) {
            throw new UnusableSettingException("%s must be more than %s, %s, is %s: raise it, or unset both"
                    .formatted(variable, thanVariable, text(than), text(given)));
        }
    }

    private static String text(Duration duration) {
        return duration.toNanosPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
