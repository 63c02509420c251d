package io.paodin.monitoring.model;

/** One workload with the objects around it. */
public sealed interface Component permits Query, Router, Ingestor {

    /** What status and logs call it, such as {@code query} or {@code receive-ingestor-team-a}. */
    String id();

    /** The kind of its workload. */
    String kind();

    Workload workload();
}
