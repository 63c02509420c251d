package io.paodin.monitoring.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whom to look for in a certificate.
 *
 * @param text an IP address in the form that Envoy prints, else as it stands in certificates
 */
public record HostName(Type type, String text) {

    /** The names are those of Envoy. */
    public enum Type {
        DNS,
        IP_ADDRESS,
        URI
    }

    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4})*");
    private static final int GROUPS_OF_IPV6 = 8;

    /** @param given a host without brackets, an IP address or a URI */
    static HostName of(String given) {
        if (given.contains("://")) {
            return new HostName(Type.URI, given);
        }
        if (IPV4.matcher(given).matches()) {
            return new HostName(Type.IP_ADDRESS, given);
        }
        return ipv6(given)
                .map(address -> new HostName(Type.IP_ADDRESS, address))
                // In certificates names have no dot at the end, and their case does not matter.
                .orElseGet(() ->
                        new HostName(Type.DNS, given.replaceFirst("\\.$", "").toLowerCase(Locale.ROOT)));
    }

    public boolean isIpAddress() {
        return type == Type.IP_ADDRESS;
    }

    /** In the canonical form, which is that of RFC 5952. */
    private static Optional<String> ipv6(String given) {
        if (!given.contains(":")) {
            return Optional.empty();
        }
        var parts = withoutDots(given).split("::", -1);
        if (parts.length > 2
                || !Arrays.stream(parts)
                        .allMatch(p -> p.isEmpty() || GROUPS.matcher(p).matches())) {
            return Optional.empty();
        }
        var left = groups(parts[0]);
        var right = parts.length == 2 ? groups(parts[1]) : new int[0];
        int missing = GROUPS_OF_IPV6 - left.length - right.length;
        if (parts.length == 1 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        var all = Arrays.copyOf(left, GROUPS_OF_IPV6);
        System.arraycopy(right, 0, all, GROUPS_OF_IPV6 - right.length, right.length);
        return Optional.of(canonical(all));
    }

    /** An IPv4 address at the end stands for two groups. */
    private static String withoutDots(String given) {
        var colon = given.lastIndexOf(':');
        var end = given.substring(colon + 1);
        if (!IPV4.matcher(end).matches()) {
            return given;
        }
        var bytes = Arrays.stream(end.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return given.substring(0, colon + 1) + "%x:%x".formatted(bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]);
    }

    private static int[] groups(String text) {
        return text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split(":"))
                        .mapToInt(group -> Integer.parseInt(group, 16))
                        .toArray();
    }

    private static String canonical(int[] groups) {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                start = i;
            }
        }
        return start < 0
                ? text(groups, 0, groups.length)
                : text(groups, 0, start) + "::" + text(groups, start + longest, groups.length);
    }

    private static String text(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }
}
