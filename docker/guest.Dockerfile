# The image of a guest: Python, numpy, torch, matplotlib and the guest's own files. Nothing of any assignment.
# Built by `autograder image build`, which makes the context; no step has a network.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
COPY wheels /wheels
COPY requirements.txt install.sh /
RUN ["/bin/sh", "/install.sh"]

FROM ${BASE}
COPY --from=build /stage /
# Notebooks write to /tmp by name; what they get is their own scratch. One date, as everywhere.
RUN rm -rf /tmp && ln -s /scratch/child /tmp && mkdir -m 0711 /scratch && touch -h -d @0 /tmp /scratch
COPY root /
WORKDIR /
CMD ["/opt/venv/bin/python", "-I", "-B", "/opt/autograder/guest.py"]
