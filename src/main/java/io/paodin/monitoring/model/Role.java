package io.paodin.monitoring.model;

/** What a workload does: the value of its component label, and the Thanos command that it runs. */
public enum Role {
    QUERY("query", "query"),
    QUERY_FRONTEND("query-frontend", "query-frontend"),
    RECEIVE_ROUTER("receive-router", "receive"),
    RECEIVE_INGESTOR("receive-ingestor", "receive"),
    STORE_GATEWAY("store-gateway", "store"),
    COMPACT("compact", "compact"),
    RULER("ruler", "rule");

    private final String label;
    private final String command;

    Role(String label, String command) {
        this.label = label;
        this.command = command;
    }

    public String label() {
        return label;
    }

    public String command() {
        return command;
    }
}
