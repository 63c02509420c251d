package io.paodin.monitoring.model;

import java.util.List;
import java.util.Map;

/** @param publishNotReadyAddresses whether names resolve to pods that are not ready yet */
public record Service(
        String name,
        Map<String, String> labels,
        Map<String, String> selector,
        boolean headless,
        boolean publishNotReadyAddresses,
        List<Port> ports) {

    /** A container port of that name and number. */
    public record Port(String name, int number) {

        String onAllInterfaces() {
            return "0.0.0.0:" + number;
        }

        String onLoopback() {
            return "127.0.0.1:" + number;
        }
    }

    public static final Port HTTP = new Port("http", 10902);
    public static final Port GRPC = new Port("grpc", 10901);
    public static final Port REMOTE_WRITE = new Port("remote-write", 19291);

    /** The Service that clients use. */
    static Service forClients(String workload, Labels labels, Port... ports) {
        return new Service(workload, labels.all(), labels.selector(), false, false, List.of(ports));
    }

    /** The headless Service that gives each ready pod an address. */
    static Service governing(String workload, Labels labels, Port... ports) {
        return new Service(
                Names.governingService(workload), labels.all(), labels.selector(), true, false, List.of(ports));
    }

    /** The headless Service that gives each pod an address for as long as it exists. */
    static Service governingMembers(String workload, Labels labels, Port... ports) {
        return new Service(
                Names.governingService(workload), labels.all(), labels.selector(), true, true, List.of(ports));
    }
}
