#!/bin/sh
# Runs a command in a network namespace of its own that has a default route over a counted link, and prints how many packets
# left by it and over loopback. A namespace without a route would hide attempts as "network is unreachable".
# Usage (inside `unshare -rn`): counted-namespace.sh RESULT COMMAND…
set -e
result=$1
shift
ip link set lo up
ip link add out0 type veth peer name out1
for link in out0 out1; do
  [ -e /proc/sys/net/ipv6/conf/$link/disable_ipv6 ] && echo 1 > /proc/sys/net/ipv6/conf/$link/disable_ipv6 || true
done
ip addr add 192.0.2.2/24 dev out0
ip link set out0 up
ip link set out1 up
ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev out0
ip route add default via 192.0.2.1 dev out0
# Transmitted packets are the tenth figure after the colon of a line in /proc/net/dev.
sent() { tr ':' ' ' < /proc/net/dev | awk -v link="$1" '$1 == link { print $11 }'; }
before=$(sent out0)
before_lo=$(sent lo)
[ -n "$before" ] && [ -n "$before_lo" ]
status=0
"$@" || status=$?
sleep 0.3
echo "$(($(sent out0) - before)) $(($(sent lo) - before_lo)) $status" > "$result"
