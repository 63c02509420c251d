package io.paodin.monitoring.apiserver;

import java.util.ArrayList;
import java.util.List;

/** The requests for resources, in the order of their answers; discovery is not in it. */
public final class Journal {
    private final List<Request> requests = new ArrayList<>();

    Journal() {}

    /** The position after the last request, to be given to {@link #since}. */
    public synchronized int mark() {
        return requests.size();
    }

    public synchronized List<Request> since(int mark) {
        return List.copyOf(requests.subList(mark, requests.size()));
    }

    public List<Request> all() {
        return since(0);
    }

    public List<Request> writesSince(int mark) {
        return since(mark).stream().filter(Request::isWrite).toList();
    }

    synchronized void add(Request request) {
        requests.add(request);
    }
}
