# shellcheck shell=bash disable=SC2154
# The second part of smoke, which sources it: a whole cluster with a bucket. What it does not define is smoke's.

readonly S3=thanos-smoke-s3 STORAGE=thanos-smoke-storage PARTNER=thanos-smoke-partner

# What reads the bucket's configuration, and what does not.
readonly READERS='app.kubernetes.io/component in (receive-ingestor,store-gateway,compact)'
readonly OTHERS='app.kubernetes.io/component notin (receive-ingestor,store-gateway,compact)'

p() { kubectl --namespace "$PARTNER" "$@"; }

# storage_sample KEY: the sample with the bucket of s3.yaml, and with the first or the second key in place of the
# placeholders; it is made quick, and otherwise as it is shipped.
storage_sample() {
  sed -e "s/endpoint: s3.example.com.*/endpoint: s3.$S3.svc:8333\n      insecure: true/" \
    -e 's/example-metrics.*/thanos/' \
    -e "s/REPLACE-WITH-ACCESS-KEY/smoke-$1/" -e "s/REPLACE-WITH-SECRET-KEY/smoke-$1-secret/" \
    -e 's/syncBlockDuration: .*/syncBlockDuration: 5s/' \
    -e 's/^  compact:$/&\n    consistencyDelay: 0s\n    additionalArgs: [{name: wait-interval, value: 10s}]/' \
    -e 's/^    - name: others$/&\n      minReadySeconds: 0/' deploy/samples/object-storage.yaml
}

storage_secret() { storage_sample "$1" | sed '/^---$/,$d'; } # KEY

apply_storage_sample() { storage_sample first | k apply --filename -; }

rotate_secret() { storage_secret "$1" | k apply --filename -; } # KEY

apply_partner() {
  kubectl create namespace "$PARTNER" && storage_secret first | p apply --filename - && p apply --filename - <<'Y'
apiVersion: monitoring.paodin.io/v1alpha1
kind: Thanos
metadata: {name: partner}
spec:
  objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
  compact:
    additionalArgs: [{name: wait-interval, value: 10s}]
Y
}

# Its compactor has no pod, and the condition tells that it waits, but not for whom.
partner_waits() {
  [[ $(p get statefulset partner-compact --output 'jsonpath={.spec.replicas} {.status.replicas}') =~ ^0\ 0?$ ]] &&
    p get thanos partner --output json | jq -e --arg other "$STORAGE|$name" '
      [.status.conditions[] | select(.type == "Degraded")][0]
      | if .status == "True" and .reason == "CompactorConflict" and (.message | test($other) | not) then .message else error("\(.)") end'
}

partner_runs() {
  p wait --for=condition=Ready --timeout=0s thanos/partner && compacts "$PARTNER" partner-compact-0
}

# compacts NAMESPACE POD: the compactor has been through the bucket, and nothing stopped it.
compacts() {
  kubectl get --raw "/api/v1/namespaces/$1/pods/$2:10902/proxy/metrics" | awk '
    $1 == "thanos_compact_iterations_total" {iterations = $2} $1 == "thanos_compact_halted" {halted = $2; known = 1}
    END {print "iterations " iterations ", halted " halted; exit !(iterations > 0 && known && halted == 0)}'
}

# s3 PATH: what the S3 server itself says.
s3() { curl -fsS --max-time 20 --aws-sigv4 aws:amz:us-east-1:s3 --user smoke-test:smoke-test-secret "$s3/$1"; }

# The meta.json of each block in the bucket.
blocks() {
  local list key
  list=$(s3 'thanos?list-type=2') || return
  for key in $(grep -o '<Key>[^<]*/meta.json' <<<"$list" | cut -c 6-); do
    s3 "thanos/$key" || return
  done
}

# blocks_are JQ EXPRESSION: is it true of the list of blocks?
blocks_are() {
  local found
  found=$(blocks | jq -s -c '[.[] | {ulid, level: .compaction.level, sources: .compaction.sources, labels: .thanos.labels, samples: .stats.numSamples}]') &&
    jq -e "$1" <<<"$found" || { echo "found $found"; return 1; }
}

uids() { children pods "$1" --output json | jq -r '.items[] | "\(.metadata.name) \(.metadata.uid)"' | sort; } # SELECTOR

same_pods() { diff <(echo "$2") <(uids "$1"); } # SELECTOR UIDS

# rolled SELECTOR UIDS: the pods have the names of those and none of their identities, and are ready.
rolled() {
  diff <(cut -d' ' -f1 <<<"$2") <(uids "$1" | cut -d' ' -f1) && ! grep -xF "$2" <(uids "$1") && all_pods_ready
}

# The first pod of each component was created when all of the component before it were ready.
one_component_after_another() {
  children pods "$READERS" --output json | jq -e '
    [.items[] | {component: .metadata.labels["app.kubernetes.io/component"], created: .metadata.creationTimestamp,
                 ready: (.status.conditions[] | select(.type == "Ready") | .lastTransitionTime)}]
    | group_by(.component) | map({component: .[0].component, created: (map(.created) | min), ready: (map(.ready) | max)})
    | sort_by(.created) | . as $all
    | if length == 3 and all(range(1; length); $all[.].created >= $all[. - 1].ready) then . else error("\(.)") end'
}

degraded() { # REASON TEXT: is that the reason, and is the text in the message?
  k get thanos "$name" --output json | jq -e --arg reason "$1" --arg text "$2" '
    [.status.conditions[] | select(.type == "Degraded")][0]
    | if .reason == $reason and (.message | contains($text)) then .message else error("\(.)") end'
}

# What is written in the Secret is nowhere else.
no_secret_told() {
  { k get "thanos,events,$KINDS,pods" --output yaml && operator_log; } >"$work/told" && ! grep 'smoke-[a-z]*-secret' "$work/told"
}

grow_ingestor_claims() { # SIZE
  k patch thanos "$name" --type json --patch "[{\"op\": \"replace\", \"value\": \"$1\",
    \"path\": \"/spec/receive/ingestors/0/dataVolume/pvc/spec/resources/requests/storage\"}]"
}

ingestor_claims_have() { # SIZE
  k get persistentvolumeclaims --selector app.kubernetes.io/component=receive-ingestor --output json | jq -e --arg size "$1" '
    [.items[] | {requested: .spec.resources.requests.storage, has: .status.capacity.storage}]
    | if length == 2 and all(.requested == $size and .has == $size) then true else error("\(.)") end'
}

ingestor_template_has() { # SIZE
  local size
  size=$(k get statefulset "$name-receive-ingestor-others" \
    --output 'jsonpath={.spec.volumeClaimTemplates[0].spec.resources.requests.storage}') && [[ $size == "$1" ]] || { echo "$size"; return 1; }
}

remove_receive() { k patch thanos "$name" --type json --patch '[{"op": "remove", "path": "/spec/receive"}]'; }

no_pods() { # SELECTOR
  local left
  left=$(uids "$1") && [[ -z $left ]] || { echo "$left"; return 1; }
}

# The query has nothing to ask but the store gateway.
only_store_gateway() {
  curl -fsS --max-time 20 "$query/api/v1/stores" | jq -e '
    .data | if keys == ["store"] and (.store | length == 1 and .[0].lastError == null) then true else error("\(.)") end'
}

# A server that still answers a request does not end, so this holds the pod for as many seconds.
hold_compactor() {
  forward_service "$namespace" "$name-compact-operated" 10902 &&
    { curl -fsS --max-time 60 --output "$work/profile" "$forwarded/debug/pprof/profile?seconds=$1" & } && sleep 1
}

compactor_pods() { # NAMESPACE: those that have not ended
  kubectl --namespace "$1" get pods --selector app.kubernetes.io/component=compact --output json |
    jq '[.items[] | select(.status.phase | IN("Succeeded", "Failed") | not)] | length'
}

# The younger compactor gets its pod when the older one's has ended, and it was seen to wait for that.
handed_over() {
  local deadline=$((SECONDS + 90)) waited=0 younger older
  while ((SECONDS < deadline)); do
    younger=$(compactor_pods "$PARTNER") && older=$(compactor_pods "$namespace") || return
    echo "older $older, younger $younger"
    ((younger == 0 || older == 0)) || return
    ((younger == 0)) || { ((waited > 0)); return; }
    waited=$((waited + older))
  done
  return 1
}

claims_are() { # NUMBER
  local claims
  claims=$(k get persistentvolumeclaims --selector "app.kubernetes.io/instance=$name" --output name) &&
    [[ $(grep -c . <<<"$claims") == "$1" ]] || { echo "$claims"; return 1; }
}

storage() {
  namespace=$STORAGE name=long-term
  local applied=$SECONDS readers others all s3
  vital "another namespace that admits only restricted pods" restricted_namespace
  vital "there is an S3 server" kubectl --namespace "$S3" rollout status --timeout=120s deployment/s3
  vital "and its bucket can be looked into" forward_service "$S3" s3 8333
  s3=$forwarded
  vital "the sample with object storage is applied" apply_storage_sample
  vital "it becomes Ready" k wait --for=condition=Ready --timeout=180s "thanos/$name"
  echo "info  Ready $((SECONDS - applied)) s after it was applied, with $(children "$KINDS" "" --output name | grep -c .) objects"
  try "all of its pods are ready, none was restarted" all_pods_ready
  vital "the status tells where to write" forward remoteWrite
  remote_write=$forwarded
  vital "the status tells where to query" forward query
  query=$forwarded
  vital "a sample is written, and a later one" write_samples first
  try "the query returns its value, once" within 60 reads first true 1
  try "both members of the ring have it" within 60 reads first false 2
  try "nothing is in the bucket yet" blocks_are 'length == 0'

  try "a younger resource with the same bucket is applied" apply_partner
  try "its compactor does not run, and it does not tell whose does" within 60 partner_waits
  try "the older one's compactor does" within 60 compacts "$namespace" "$name-compact-0"

  readers=$(uids "$READERS") others=$(uids "$OTHERS")
  vital "the Secret gets another key" rotate_secret second
  vital "what reads it is restarted" within 180 rolled "$READERS" "$readers"
  try "one component after another" one_component_after_another
  try "and nothing else is" same_pods "$OTHERS" "$others"
  try "it is Ready" k wait --for=condition=Ready --timeout=60s "thanos/$name"
  vital "a sample is written, and a later one" within 60 write_samples second

  all=$(uids "") before=$(versions "")
  try "the Secret becomes unusable" k patch secret thanos-bucket --patch '{"stringData": {"objstore.yaml": "type: S3\nconfig: {bukcet: thanos, secret_key: smoke-third-secret}"}}'
  try "the condition tells which key is wrong" within 60 degraded InvalidObjectStorage bukcet
  try "what runs is left alone" same_pods "" "$all"
  try "and so is every object" unchanged "" "$before"
  try "the Secret is repaired" rotate_secret second
  try "the condition goes" within 60 degraded AsExpected ""
  try "what runs was left alone" same_pods "" "$all"
  try "no text of the Secret is anywhere else" no_secret_told

  try "the volumes of the ingestors are made larger" grow_ingestor_claims 21Gi
  try "and are larger" within 60 ingestor_claims_have 21Gi
  try "and so would be those of new pods" within 60 ingestor_template_has 21Gi
  try "it is Ready" k wait --for=condition=Ready --timeout=60s "thanos/$name"
  try "no pod was replaced" same_pods "" "$all"
  try "or restarted" all_pods_ready

  vital "receive is taken out of the resource" remove_receive
  vital "the ingestors stop" within 180 no_pods app.kubernetes.io/component=receive-ingestor
  vital "both have left both samples in the bucket" within 60 blocks_are '[.[] | select(.level == 1 and .samples > 0)] | group_by(.labels.receive_replica) | length == 2 and all(length == 2)'
  vital "the query can only ask the store gateway" within 120 only_store_gateway
  try "it returns the first sample, once" within 60 reads first true 1
  try "it returns the second sample, once" within 60 reads second true 1
  try "the compactor works" within 60 compacts "$namespace" "$name-compact-0"
  try "and makes one block of two copies" within 60 blocks_are 'any(.level > 1 and (.sources | length) == 2 and (.labels | has("receive_replica") | not))'
  try "the query still returns the first sample, once" within 60 reads first true 1

  try "the younger compactor still waits" partner_waits
  try "the older one is busy" hold_compactor 15
  try "the older resource is deleted" k delete --timeout=60s "thanos/$name"
  try "the younger compactor starts when the older one has ended" handed_over
  try "and works" within 90 partner_runs
  try "nothing else is left of the older resource" within 60 left_is ""
  try "the claims of the deleted resource are kept" claims_are 4
  try "the younger resource is deleted" p delete --timeout=60s thanos/partner
}
