package io.paodin.monitoring.model;

/** What a workload does: the value of its component label, and the Thanos command that it runs. */
public enum Role {
    QUERY("query", "query", true),
    QUERY_FRONTEND("query-frontend", "query-frontend", false),
    RECEIVE_ROUTER("receive-router", "receive", true),
    RECEIVE_INGESTOR("receive-ingestor", "receive", true),
    STORE_GATEWAY("store-gateway", "store", true),
    COMPACT("compact", "compact", false),
    RULER("ruler", "rule", true);

    private final String label;
    private final String command;
    private final boolean servesGrpc;

    Role(String label, String command, boolean servesGrpc) {
        this.label = label;
        this.command = command;
        this.servesGrpc = servesGrpc;
    }

    public String label() {
        return label;
    }

    public String command() {
        return command;
    }

    boolean servesGrpc() {
        return servesGrpc;
    }
}
